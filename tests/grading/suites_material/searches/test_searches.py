import numpy as np
from sklearn.model_selection import GridSearchCV, cross_val_score
from sklearn.datasets import make_classification
import solution as s
X,y=make_classification(n_samples=80, random_state=0)
def test_cv(): assert cross_val_score(s.pipe(), X, y, cv=2, error_score="raise").mean() > 0.5
def test_grid():
    g=GridSearchCV(s.pipe(), {"m__C":[.1,1]}, cv=2, error_score="raise").fit(X,y)
    assert g.best_score_ > 0.5
