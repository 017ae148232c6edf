from sklearn.model_selection import cross_val_score


def depth(n):
    return 0 if n == 0 else 1 + depth(n - 1)


def divide(a, b):
    return a / b


def score(model, features, labels):
    return cross_val_score(model, features, labels, cv=3).mean()


def trained(model, features, labels):
    return model.fit(features, labels)
