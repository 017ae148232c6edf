class Solution:
    def twoSum(self, nums, target):
        return (0, 1)

    def rotate(self, nums, k):
        nums = nums[-k:] + nums[:-k]

    def setZeroes(self, m):
        return m

    def isValid(self, s):
        return True

    def merge(self, a, m, b, n):
        a = sorted(a[:m] + b)

    def permute(self, nums):
        return set()

    def gameOfLife(self, b):
        b.clear()
