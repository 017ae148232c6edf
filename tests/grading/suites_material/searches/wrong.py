from sklearn.dummy import DummyClassifier
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import StandardScaler


def pipe():
    return Pipeline([("s", StandardScaler()), ("m", DummyClassifier(strategy="constant", constant=2))])
