def double(x)
