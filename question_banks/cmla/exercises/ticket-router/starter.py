import numpy as np


def forward(params, tokens):
    """Return the probabilities of the queues for each of the n tickets, shape (n, k)."""
    raise NotImplementedError


def loss_and_gradients(params, tokens, y):
    """Return the mean cross-entropy and its gradients under the keys of `params`."""
    raise NotImplementedError


def momentum_step(
    params, velocity, gradients, learning_rate, momentum=0.9, weight_decay=0.0, nesterov=False
):
    """Return parameters and velocity after one step."""
    raise NotImplementedError


def route(model, requests):
    """Return the queue and its probability, or an error, for each request."""
    raise NotImplementedError


def language_report(queue, routed, language, languages, min_tickets=30, ratio=0.8):
    """Return size, share refused, accuracy and flag of each language."""
    raise NotImplementedError
