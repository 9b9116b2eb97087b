"""Known answers are those of google/certificate-transparency, cpp/merkletree/merkle_tree_test.cc."""

from __future__ import annotations

import hashlib
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policyctl.ledger.merkle import consistency_ranges, extends, includes, inclusion_ranges, root_of, roots_of
from policyctl.ledger.verify_proof import leaf_hash

INPUTS = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
LEAVES = [leaf_hash(bytes.fromhex(each)) for each in INPUTS]
ROOTS = {
    0: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    2: "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    3: "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    4: "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    5: "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    6: "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    7: "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    8: "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
}
_01 = "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"
_1 = "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7"
_23 = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"
_4 = "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"
_45 = "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a"
_67 = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0"
_4567 = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"
INCLUSION = [
    (0, 1, []),
    (0, 8, [_1, _23, _4567]),
    (5, 8, [_4, _67, ROOTS[4]]),
    (2, 3, [_01]),
    (1, 5, [ROOTS[1], _23, _4]),
]
CONSISTENCY = [(1, 1, []), (1, 8, [_1, _23, _4567]), (6, 8, [_45, _67, ROOTS[4]]), (2, 5, [_23, _4])]


def hexes(hashes: list[bytes]) -> list[str]:
    return [each.hex() for each in hashes]


def between(leaves):
    return lambda start, end: leaves[start:end]


def naive(leaves: list[bytes]) -> bytes:
    """MTH of RFC 6962, 2.1, word for word, over leaf hashes."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    k = 2 ** (math.ceil(math.log2(len(leaves))) - 1)
    return hashlib.sha256(b"\x01" + naive(leaves[:k]) + naive(leaves[k:])).digest()


def numbered(count: int) -> list[bytes]:
    return [leaf_hash(b"%d" % number) for number in range(count)]


@pytest.mark.parametrize(("size", "root"), ROOTS.items())
def test_roots_are_the_known_ones(size, root):
    assert root_of(LEAVES[:size]).hex() == root


@pytest.mark.parametrize(("index", "size", "path"), INCLUSION)
def test_audit_paths_are_the_known_ones(index, size, path):
    made = roots_of(inclusion_ranges(index, size), between(LEAVES))

    assert hexes(made) == path
    assert includes(bytes.fromhex(ROOTS[size]), LEAVES[index], index, size, made)


@pytest.mark.parametrize(("old", "new", "proof"), CONSISTENCY)
def test_consistency_proofs_are_the_known_ones(old, new, proof):
    made = roots_of(consistency_ranges(old, new), between(LEAVES))

    assert hexes(made) == proof
    assert extends(bytes.fromhex(ROOTS[old]), old, bytes.fromhex(ROOTS[new]), new, made)


@pytest.mark.parametrize("size", range(130))
def test_a_root_is_what_the_definition_says(size):
    assert root_of(numbered(size)) == naive(numbered(size))


def test_every_leaf_of_every_small_tree_is_proven_and_no_other_place_is():
    for size in range(1, 34):
        leaves, root = numbered(size), naive(numbered(size))
        for index in range(size):
            path = roots_of(inclusion_ranges(index, size), between(leaves))
            assert [at for at in range(size) if includes(root, leaves[index], at, size, path)] == [index]


def test_every_small_tree_is_proven_to_extend_every_smaller_one():
    for new in range(1, 34):
        leaves = numbered(new)
        for old in range(1, new + 1):
            proof = roots_of(consistency_ranges(old, new), between(leaves))
            assert extends(naive(leaves[:old]), old, naive(leaves), new, proof)
            assert not extends(naive([*leaves[: old - 1], b"x" * 32]), old, naive(leaves), new, proof)


@given(st.integers(1, 300).flatmap(lambda size: st.tuples(st.integers(0, size - 1), st.just(size))), st.data())
def test_a_changed_path_proves_nothing(place, data):
    index, size = place
    leaves = numbered(size)
    path = roots_of(inclusion_ranges(index, size), between(leaves))
    longer = [*path, b"x" * 32]
    assert not includes(naive(leaves), leaves[index], index, size, longer)
    if path:
        at = data.draw(st.integers(0, len(path) - 1))
        assert not includes(naive(leaves), leaves[index], index, size, [*path[:at], b"x" * 32, *path[at + 1 :]])
        assert not includes(naive(leaves), leaves[index], index, size, path[:-1])


def test_proofs_of_what_cannot_be_are_refused():
    with pytest.raises(ValueError, match="no leaf 3"):
        inclusion_ranges(3, 3)
    with pytest.raises(ValueError, match="no consistency proof"):
        consistency_ranges(4, 3)
    assert not extends(b"", 0, b"", 3, [b"x" * 32])
    assert not extends(b"", 2, b"", 3, [])
    assert not includes(LEAVES[0], LEAVES[0], 1, 1, [])
