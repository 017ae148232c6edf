import threading


def later(seconds, call, value):
    threading.Timer(seconds, call, args=(value,)).start()


class Ticker:
    def __init__(self, seconds, call):
        self._seconds = seconds
        self._call = call
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run)

    def start(self):
        self._thread.start()

    def stop(self):
        self._stopped.set()
        self._thread.join()

    def _run(self):
        while not self._stopped.wait(self._seconds):
            self._call()


class Mailbox:
    def __init__(self):
        self._filled = threading.Condition()
        self._letters = []

    def put(self, letter):
        with self._filled:
            self._letters.append(letter)
            self._filled.notify()

    def get(self):
        with self._filled:
            self._filled.wait_for(lambda: self._letters)
            return self._letters.pop()


def threads_of_its_own():
    return threading.active_count()
