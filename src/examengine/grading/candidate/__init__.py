"""The candidate: holds the submission and answers the judge's calls. Assumed hostile."""
