import subprocess
import sys


def test_naming_the_store_does_not_load_sqlalchemy_until_it_is_used():
    said = "import sys, kafe.store; print('sqlalchemy' in sys.modules); kafe.store.Store; print('sqlalchemy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "True"]
