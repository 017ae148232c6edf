def is_palindrome(text):
    return text == text[::-1]


def count_words(text):
    return {w: 1 for w in text.split()}


def caesar(text, k):
    return "".join(chr(ord(c) + k) for c in text)


def rle_encode(text):
    return text


def rle_decode(text):
    return text


def anagrams(words):
    return [words]


def pig_latin(word):
    return word[1:] + word[0] + "ay"
