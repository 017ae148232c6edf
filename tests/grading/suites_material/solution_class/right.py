from itertools import permutations


class Solution:
    def twoSum(self, nums, target):
        seen = {}
        for i, n in enumerate(nums):
            if target - n in seen:
                return [seen[target - n], i]
            seen[n] = i

    def rotate(self, nums, k):
        k %= len(nums)
        nums[:] = nums[-k:] + nums[:-k]

    def setZeroes(self, m):
        rows = {i for i, r in enumerate(m) if 0 in r}
        cols = {j for r in m for j, x in enumerate(r) if x == 0}
        for i, r in enumerate(m):
            for j in range(len(r)):
                if i in rows or j in cols:
                    r[j] = 0

    def isValid(self, s):
        stack = []
        for c in s:
            if c in "([{":
                stack.append(c)
            elif not stack or "([{".index(stack.pop()) != ")]}".index(c):
                return False
        return not stack

    def merge(self, a, m, b, n):
        a[m:] = b
        a.sort()

    def permute(self, nums):
        return [list(p) for p in permutations(nums)]

    def gameOfLife(self, b):
        old = [r[:] for r in b]
        for i in range(len(b)):
            for j in range(len(b[0])):
                n = sum(
                    old[x][y]
                    for x in range(max(0, i - 1), min(len(b), i + 2))
                    for y in range(max(0, j - 1), min(len(b[0]), j + 2))
                    if (x, y) != (i, j)
                )
                b[i][j] = int(n == 3 or (n == 2 and old[i][j]))
