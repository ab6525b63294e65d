"""`kafe embed`: one text a line in, one row a text out."""

import os
import subprocess
import sys

import numpy as np
from typer.testing import CliRunner

from kafe.cli import app


def run(path, target):
    return CliRunner().invoke(app, ["embed", str(path), "-o", str(target)])


def test_one_row_a_line_in_order_and_zeros_for_a_blank_line(tmp_path):
    path, target = tmp_path / "tekster.txt", tmp_path / "vektorer.npy"
    path.write_text("Egen bolig\r\n\r\nEnsomhet\u2028i helgene\nEgen bolig\n", encoding="utf-8-sig")
    assert run(path, target).exit_code == 0
    rows = np.load(target)
    assert rows.dtype == np.float32 and rows.shape[0] == 4
    assert not rows[1].any()
    assert np.array_equal(rows[0], rows[3])


def test_an_empty_file_gives_no_rows(tmp_path):
    path, target = tmp_path / "tom.txt", tmp_path / "tom.npy"
    path.write_text("", encoding="utf-8")
    assert run(path, target).exit_code == 0
    assert np.load(target).shape[0] == 0


def test_processes_and_threads_give_the_same_bytes(tmp_path, themed):
    texts, _, _ = themed(40)
    (tmp_path / "inn.txt").write_text("\n".join(texts), encoding="utf-8")
    for number in ("1", "2"):
        subprocess.run(
            [sys.executable, "-m", "kafe", "embed", "inn.txt", "-o", f"{number}.npy"],
            cwd=tmp_path,
            env=os.environ | {"PYTHONHASHSEED": number, "OMP_NUM_THREADS": number},
            check=True,
            capture_output=True,
        )
    assert (tmp_path / "1.npy").read_bytes() == (tmp_path / "2.npy").read_bytes()
