from sklearn.pipeline import Pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.linear_model import LogisticRegression
def pipe(): return Pipeline([("s",StandardScaler()),("m",LogisticRegression())])
