"""Which modules a warm parent imports for the packages that an exercise requires."""

import re
from collections.abc import Iterable

_IMPORT_NAMES = {
    "scikit-learn": "sklearn",
    "pyyaml": "yaml",
    "pillow": "PIL",
    "opencv-python": "cv2",
    "opencv-python-headless": "cv2",
    "beautifulsoup4": "bs4",
    "python-dateutil": "dateutil",
    "scikit-image": "skimage",
    "umap-learn": "umap",
    "imbalanced-learn": "imblearn",
}
_SUBMODULES = {
    "numpy": "numpy.linalg numpy.random numpy.testing numpy.ma numpy.fft numpy.polynomial",
    "pandas": "pandas.testing pandas.core.methods.to_dict pandas.core.methods.describe "
    "pandas.core.methods.selectn pandas.core.reshape.merge pandas.core.reshape.pivot",
    "scipy": "scipy.sparse scipy.stats scipy.optimize scipy.linalg scipy.special scipy.spatial "
    "scipy.signal scipy.cluster.hierarchy",
    "sklearn": "sklearn.base sklearn.calibration sklearn.cluster sklearn.compose "
    "sklearn.covariance sklearn.datasets sklearn.decomposition sklearn.discriminant_analysis "
    "sklearn.dummy sklearn.ensemble sklearn.exceptions sklearn.feature_extraction.text "
    "sklearn.feature_selection sklearn.gaussian_process sklearn.impute sklearn.inspection "
    "sklearn.isotonic sklearn.kernel_ridge sklearn.linear_model sklearn.manifold sklearn.metrics "
    "sklearn.mixture sklearn.model_selection sklearn.multiclass sklearn.naive_bayes "
    "sklearn.neighbors sklearn.neural_network sklearn.pipeline sklearn.preprocessing "
    "sklearn.svm sklearn.tree sklearn.utils sklearn.utils.estimator_checks",
    "matplotlib": "matplotlib.pyplot",
}
_ALONG = {"sklearn": ("numpy", "scipy", "pandas"), "pandas": ("numpy",), "scipy": ("numpy",)}
"""Packages that tests of another one usually import as well; no error where they are missing."""

_MENTION = re.compile(rb"^[ \t]*(?:from|import)[ \t]+(numpy|pandas|scipy|sklearn)\b", re.MULTILINE)


def import_name(requirement: str) -> str:
    """Return the module to import for a requirement such as `scikit-learn>=1.5`."""
    name = re.split(r"[\s<>=!~;\[@]", requirement.strip(), maxsplit=1)[0]
    return _IMPORT_NAMES.get(name.lower(), name.replace("-", "_"))


def mentioned(sources: Iterable[bytes]) -> tuple[str, ...]:
    """Return the scientific packages that these sources (the tests, never a submission) import."""
    return tuple(sorted({one.decode() for text in sources for one in _MENTION.findall(text)}))


def companions(modules: Iterable[str]) -> tuple[str, ...]:
    """Return the further modules to import beside these top-level ones, where they exist."""
    found: list[str] = []
    for name in modules:
        for other in (name, *_ALONG.get(name, ())):
            for one in (other, *_SUBMODULES.get(other, "").split()):
                if one not in found and one not in modules:
                    found.append(one)
    return tuple(found)
