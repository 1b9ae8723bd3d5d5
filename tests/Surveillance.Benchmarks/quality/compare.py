#!/usr/bin/env python3
"""Compares surveil with Debian's liblinear-tools and fasttext on one split: flagged or not, training time, predictions a second.

    apt-get install liblinear-tools fasttext
    tests/Surveillance.Benchmarks/quality/compare.py data/corpus [FOLDER …]

Every fifth group is held out. Peers see characters only: 1-5-grams for liblinear (L2-regularised logistic regression), its own n-grams for fastText.
"""
import glob, hashlib, json, os, subprocess, sys, tempfile, time

ROOT = os.path.dirname(os.path.abspath(__file__)) + "/../../.."


def read(folders):
    for folder in folders:
        for path in sorted(glob.glob(folder + "/*.jsonl")):
            if path.endswith("_types.jsonl"):
                continue
            stem = os.path.basename(path)[: -len(".jsonl")]
            beside = f"{folder}/{stem.rstrip('s')}_types.jsonl"
            apart = {row["id"]: row for row in map(json.loads, open(beside))} if stem.endswith("s") and os.path.exists(beside) else {}
            for row in map(json.loads, open(path)):
                if row.get("label") == ["unclear"]:
                    continue
                known = apart.get(row["id"], row)
                row["types"], row["maybe"] = known.get("types", []), known.get("maybe", [])
                yield stem, row


def held_out(row):
    return hashlib.sha256(row.get("group", row["id"]).encode()).digest()[0] % 5 == 0


def text(row):
    return ((row.get("title") or "") + " " + (row.get("text") or "")).strip().replace("\n", " ").lower()


def timed(command, **options):
    began = time.monotonic()
    done = subprocess.run(command, check=True, capture_output=True, text=True, **options)
    return done.stdout, time.monotonic() - began


def recall_at(precision, pairs):
    right = best = 0
    for place, (_, truth) in enumerate(sorted(pairs, key=lambda pair: -pair[0]), 1):
        right += truth
        best = right if right >= precision * place else best
    return best / sum(truth for _, truth in pairs)


def show(name, rows, flags, scores, training, predicting):
    scored = [(score, bool(row["types"])) for (_, row), score in zip(rows, scores) if row["types"] or not row["maybe"]]
    pairs = [(bool(row["types"]), flag) for (_, row), flag in zip(rows, flags) if row["types"] or not row["maybe"]]
    right = sum(1 for truth, flag in pairs if truth and flag)
    flagged, violating = sum(flag for _, flag in pairs), sum(truth for truth, _ in pairs)
    wrong = sum(1 for truth, flag in pairs if flag and not truth)
    print(f"| {name} | {right / max(1, flagged):.3f} | {right / violating:.3f} | {wrong / (len(pairs) - violating):.2%} | {recall_at(0.95, scored):.3f} | {recall_at(0.9, scored):.3f} | {training:.1f} s | {len(rows) / predicting:,.0f} |")


def liblinear(folder, train, test):
    columns = {}

    def line(row, learn):
        words, found = text(row), set()
        for size in range(1, 6):
            for at in range(len(words) - size + 1):
                gram = words[at : at + size]
                column = columns.setdefault(gram, len(columns) + 1) if learn else columns.get(gram)
                if column:
                    found.add(column)
        value = 1 / max(1, len(found)) ** 0.5
        return f"{1 if row['types'] else -1} " + " ".join(f"{column}:{value:.5f}" for column in sorted(found))

    for name, rows, learn in (("train", train, True), ("test", test, False)):
        with open(f"{folder}/{name}.svm", "w") as file:
            file.writelines(line(row, learn) + "\n" for _, row in rows if row["types"] or not row["maybe"] or not learn)
    _, training = timed(["liblinear-train", "-s", "0", "-c", "10", "-q", f"{folder}/train.svm", f"{folder}/linear"])
    _, predicting = timed(["liblinear-predict", "-b", "1", f"{folder}/test.svm", f"{folder}/linear", f"{folder}/out"])
    head, *lines = map(str.split, open(f"{folder}/out"))
    show("liblinear, characters", test, [line[0] == "1" for line in lines], [float(line[head.index("1")]) for line in lines], training, predicting)


def fasttext(folder, train, test):
    for name, rows in (("train", train), ("test", test)):
        with open(f"{folder}/{name}.txt", "w") as file:
            for _, row in rows:
                if name == "test" or row["types"] or not row["maybe"]:
                    file.write(f"__label__{'bad' if row['types'] else 'ok'} {' '.join(text(row))}\n")
    _, training = timed(["fasttext", "supervised", "-input", f"{folder}/train.txt", "-output", f"{folder}/fast", "-wordNgrams", "4", "-epoch", "25", "-lr", "0.5", "-thread", "1"])
    out, predicting = timed(["fasttext", "predict-prob", f"{folder}/fast.bin", f"{folder}/test.txt"])
    lines = list(map(str.split, out.splitlines()))
    scores = [float(line[1]) if line[0] == "__label__bad" else 1 - float(line[1]) for line in lines]
    show("fastText, characters, 4-grams", test, [line[0] == "__label__bad" for line in lines], scores, training, predicting)


def surveil(folder, train, test):
    os.mkdir(f"{folder}/corpus")
    for stem in {stem for stem, _ in train}:
        with open(f"{folder}/corpus/{stem}.jsonl", "w") as file:
            file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for of, row in train if of == stem)
    with open(f"{folder}/test.jsonl", "w") as file:
        file.writelines(json.dumps(row | {"id": str(at)}, ensure_ascii=False) + "\n" for at, (_, row) in enumerate(test))
    _, training = timed([f"{ROOT}/surveil", "train", "--corpus", f"{folder}/corpus", "-o", f"{folder}/model.bin"])
    for name, options in (("surveil, rules only", ["--rules-only"]), ("surveil, rules and model", ["--model", f"{folder}/model.bin"])):
        out, predicting = timed([f"{ROOT}/surveil", "classify", f"{folder}/test.jsonl", *options])
        found = list(map(json.loads, out.splitlines()))
        show(name, test, [row["decision"] == "flag" for row in found], [row["risk"] for row in found], 0 if "only" in name else training, predicting)


def main():
    rows = list(read(sys.argv[1:] or sys.exit(__doc__)))
    train, test = [row for row in rows if not held_out(row[1])], [row for row in rows if held_out(row[1])]
    print(f"{len(train)} listings to train on, {len(test)} held out\n\n| | precision | recall | lawful flagged | recall at precision 0.95 | at 0.90 | training | predictions/s |\n| --- | --- | --- | --- | --- | --- | --- | --- |")
    for peer in (liblinear, fasttext, surveil):
        with tempfile.TemporaryDirectory() as folder:
            peer(folder, train, test)


main()
