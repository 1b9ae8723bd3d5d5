namespace Surveillance.Classifier.Text;

/// <summary>A lexicon and further terms, brought into the form that texts have after the global folds.</summary>
internal sealed class LexiconEntries
{
    private readonly GlobalFolding _global;

    public LexiconEntries(GlobalFolding global, Readings readings, Lexicon lexicon, IEnumerable<string> further)
    {
        _global = global;
        HashSet<string> core = [.. lexicon.Core.Select(Folded)];
        Terms = [.. lexicon.Core.Concat(lexicon.Terms).Concat(further).Select(Folded).Distinct().Where(term => term.Length is >= 2 and <= LexiconWalk.MaxCells)];
        HashSet<string> known = [.. Terms, .. lexicon.Ordinary];
        var spelled = lexicon.Aliases.Select(alias => alias with { From = Folded(alias.From), To = Folded(alias.To) })
            .Concat(core.Select(Reversed).Concat(Initials(lexicon, readings)).Where(alias => !known.Contains(alias.From)));
        All =
        [
            .. Terms.Select((term, rank) => new LexiconEntry(term, term, null, false, core.Contains(term), rank)),
            .. spelled.Select((alias, rank) => new LexiconEntry(alias.From, alias.To, alias.Kind, alias.Near, true, Terms.Count + rank)),
        ];
        Replacements =
        [
            .. lexicon.Splits.Select(pair => Replacement(pair, FoldKind.SplitCharacter)),
            .. lexicon.Lookalikes.Select(pair => Replacement(pair, FoldKind.Lookalike)),
            .. lexicon.Symbols.Concat(Ornaments()).Select(pair => Replacement(pair, FoldKind.Symbol)),
        ];

        // What also sounds alike is read by its sound, and said to be so.
        Replacements = [.. Replacements.Where(replacement => replacement.From.Length > 0 && replacement.From != replacement.To
            && !(replacement is { From.Length: 1, To.Length: 1 } && readings.SyllablesOf(replacement.From[0]).Intersect(readings.SyllablesOf(replacement.To[0])).Any()))];
    }

    /// <summary>Distinct; the lexicon's core first.</summary>
    public IReadOnlyList<string> Terms { get; }

    /// <summary>The terms, and behind them their other spellings.</summary>
    public IReadOnlyList<LexiconEntry> All { get; }

    public IReadOnlyList<Replacement> Replacements { get; }

    /// <summary>Letters and digits in discs, squares and flags that NFKC leaves alone.</summary>
    private static IEnumerable<KeyValuePair<string, string>> Ornaments()
    {
        foreach (var start in (int[])[0x1F150, 0x1F170, 0x1F1E6])
        {
            for (var letter = 0; letter < 26; letter++)
            {
                yield return KeyValuePair.Create(char.ConvertFromUtf32(start + letter), ((char)('a' + letter)).ToString());
            }
        }

        foreach (var start in (int[])[0x2776, 0x2780, 0x278A])
        {
            for (var number = 0; number < 10; number++)
            {
                yield return KeyValuePair.Create(char.ConvertFromUtf32(start + number), $"{number + 1}");
            }
        }
    }

    private static LexiconAlias Reversed(string term) => new(string.Concat(term.Reverse()), term, FoldKind.Reversed, Near: false);

    /// <summary>The first letters of the core's syllables, and of terms that have enough of them to mean little else, and not so many that nobody would guess.</summary>
    private IEnumerable<LexiconAlias> Initials(Lexicon lexicon, Readings readings)
    {
        foreach (var term in lexicon.Core.Concat(lexicon.Terms.Where(term => term.Length is >= 4 and <= 6)).Select(Folded))
        {
            var letters = string.Concat(term.Select(readings.InitialOf).OfType<char>());
            if (letters.Length == term.Length)
            {
                yield return new LexiconAlias(letters, term, FoldKind.Pinyin, Near: true);
            }
        }
    }

    private Replacement Replacement(KeyValuePair<string, string> pair, FoldKind kind) => new(Folded(pair.Key), Folded(pair.Value), kind);

    private string Folded(string term) => _global.Fold(term).Units.ToString();
}
