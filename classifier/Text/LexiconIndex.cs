using System.Collections.Frozen;
using System.Globalization;
using System.Runtime.CompilerServices;
using Surveillance.Classifier.Matching;

namespace Surveillance.Classifier.Text;

/// <summary>A term or a spelling of one, as it ends at a node of the <see cref="LexiconIndex"/>.</summary>
/// <param name="Spelling">What the text must read, cell by cell; the term itself unless it is an alias.</param>
/// <param name="Term">What the fold yields.</param>
/// <param name="AliasKind">The kind of fold that an alias stands for; null for the term itself.</param>
/// <param name="Near">Read so only near the context.</param>
/// <param name="Core">Folded in every way.</param>
/// <param name="Rank">Lower wins.</param>
internal sealed record LexiconEntry(string Spelling, string Term, FoldKind? AliasKind, bool Near, bool Core, int Rank)
{
    /// <summary>The term's initials, without any of its characters (bg).</summary>
    public bool IsInitials { get; } = AliasKind == FoldKind.Pinyin && Spelling.All(char.IsAsciiLetter);
}

/// <summary>Something a text may have in place of one or more characters of a term.</summary>
internal sealed record Replacement(string From, string To, FoldKind Kind);

/// <summary>What a UTF-16 unit can be in a disguised term; several at once.</summary>
[Flags]
internal enum UnitRole : byte
{
    None = 0,

    /// <summary>A character with a reading.</summary>
    Sounded = 1,

    /// <summary>The first unit of a <see cref="Replacement"/>.</summary>
    Replaced = 2,

    Letter = 4,

    /// <summary>May stand between the characters of a term.</summary>
    Separator = 8,

    /// <summary>Begins a term by itself, not by its sound.</summary>
    Literal = 16,

    /// <summary>Stands somewhere in a term by itself, not by its sound.</summary>
    Spelled = 32,
}

/// <summary>All terms as a trie over sounds and literal units, and tables that say where in a text one may begin. Thread safe.</summary>
/// <remarks>A cell of the trie is a syllable, written as a private-use unit, where the term's character has a reading; else the unit itself.</remarks>
internal sealed class LexiconIndex
{
    /// <summary>Private-use units stand for syllables; terms that contain some are not folded.</summary>
    private const int SyllableUnits = 0xE000;

    /// <summary>A term whose characters have several readings each is entered under at most so many.</summary>
    private const int MaxSpellings = 16;

    private readonly Readings _readings;
    private readonly UnitRole[] _roles = new UnitRole[char.MaxValue + 1];
    private readonly LevelTrie _trie;
    private readonly LexiconEntry[][] _entries;

    /// <summary>By unit: its usual syllable's number from 1 on; negative where it has further ones.</summary>
    private readonly short[] _syllables = new short[char.MaxValue + 1];

    /// <summary>Units without a reading that stand second in some term.</summary>
    private readonly HashSet<char> _literalSeconds = [];

    private readonly SoundFilter _filter;
    private readonly FrozenDictionary<char, Replacement[]> _replacements;

    public LexiconIndex(Readings readings, IEnumerable<LexiconEntry> entries, IEnumerable<Replacement> replacements, string separators)
    {
        _readings = readings;
        _filter = new SoundFilter(readings.Count);
        _replacements = replacements.GroupBy(replacement => replacement.From[0]).ToFrozenDictionary(group => group.Key, group => group.ToArray());
        var byKey = new Dictionary<string, List<LexiconEntry>>();
        foreach (var entry in entries)
        {
            foreach (var key in Keys(entry))
            {
                (byKey.TryGetValue(key, out var list) ? list : byKey[key] = []).Add(entry);
            }
        }

        string[] keys = [.. byKey.Keys];
        _trie = new LevelTrie(keys);
        _entries = [.. keys.Select(key => byKey[key].ToArray())];
        SetRoles(keys, separators);
        foreach (var (key, found) in byKey)
        {
            // Of two cells only core terms and other spellings are read by sound.
            _filter.Add([.. key.Take(3).Select(cell => SyllablesOfCell(cell).ToArray())], key.Length == 2 && found.Exists(entry => entry.Core));
        }
    }

    public UnitRole RoleOf(char unit) => _roles[unit];

    /// <summary>What may begin with a unit to stand for something else.</summary>
    public ReadOnlySpan<Replacement> ReplacementsAt(char unit) => (_roles[unit] & UnitRole.Replaced) != 0 ? _replacements[unit] : [];

    /// <summary>A unit's only syllable; -1 where it has none or several.</summary>
    public int SyllableOf(char unit) => _syllables[unit] - 1 is var syllable and >= 0 ? syllable : -1;

    /// <summary>The node that a literal unit leads to, or -1.</summary>
    public int Child(int node, char unit) => _trie.Child(node, unit);

    /// <summary>The node that a syllable leads to, or -1.</summary>
    public int ChildBySyllable(int node, int syllable) => _trie.Child(node, (char)(SyllableUnits + syllable));

    public ReadOnlySpan<LexiconEntry> EntriesAt(int node) => _trie.ValueAt(node) == 0 ? [] : _entries[_trie.ValueAt(node) - 1];

    /// <summary>Whether these letters are the initials of a term.</summary>
    public bool IsInitials(ReadOnlySpan<char> letters)
    {
        var node = LevelTrie.Root;
        for (var at = 0; at < letters.Length && node >= 0; at++)
        {
            node = Child(node, letters[at]);
        }

        return node >= 0 && InitialsAt(node) is not null;
    }

    /// <summary>The first term whose initials end at a node; null for none.</summary>
    public LexiconEntry? InitialsAt(int node)
    {
        foreach (var entry in EntriesAt(node))
        {
            if (entry.IsInitials)
            {
                return entry;
            }
        }

        return null;
    }

    /// <summary>Whether a disguised term may begin at a place. Says yes too often, never too seldom.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool MayBegin(ReadOnlySpan<char> text, int at)
    {
        var unit = text[at];
        var role = _roles[unit] & ~UnitRole.Spelled;
        if ((role & ~UnitRole.Separator) == 0)
        {
            return false;
        }

        if (role == UnitRole.Sounded && at + 1 < text.Length && IsOneSound(text[at + 1]) && _syllables[unit] > 0)
        {
            var (first, second) = (_syllables[unit] - 1, _syllables[text[at + 1]] - 1);
            return _filter.HasPair(first, second)
                && (at + 2 == text.Length || !IsOneSound(text[at + 2]) || _filter.HasTriple(first, second, _syllables[text[at + 2]] - 1));
        }

        return (role & (UnitRole.Letter | UnitRole.Literal)) != 0 || MayBeginInSomeForm(text, at);
    }

    /// <summary>Whether a unit can stand for nothing but one syllable.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsOneSound(char unit) => (_roles[unit] & ~UnitRole.Spelled) == UnitRole.Sounded && _syllables[unit] > 0;

    private bool MayBeginInSomeForm(ReadOnlySpan<char> text, int at)
    {
        if (MayGoOn(text[at], text, at + 1))
        {
            return true;
        }

        foreach (var replacement in ReplacementsAt(text[at]))
        {
            if (text[at..].StartsWith(replacement.From, StringComparison.Ordinal)
                && (replacement.To.Length > 1 || MayGoOn(replacement.To[0], text, at + replacement.From.Length)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a term may begin with a character and go on with what stands at a place.</summary>
    private bool MayGoOn(char unit, ReadOnlySpan<char> text, int at)
    {
        if (at >= text.Length)
        {
            return false;
        }

        if ((_roles[unit] & UnitRole.Literal) != 0)
        {
            return true;
        }

        foreach (var reading in _readings[unit])
        {
            var first = Readings.SyllableOf(reading);
            if (_filter.Starts(first) && (MayFollow(first, text, at) || ((_roles[text[at]] & UnitRole.Separator) != 0 && MayFollowSeparators(first, text, at))))
            {
                return true;
            }
        }

        return false;
    }

    private bool MayFollowSeparators(int first, ReadOnlySpan<char> text, int at)
    {
        var end = Math.Min(text.Length, at + LexiconWalk.MaxSeparators + 1);
        for (at++; at < end; at++)
        {
            if ((_roles[text[at]] & UnitRole.Separator) == 0)
            {
                return MayFollow(first, text, at);
            }

            // A pictograph parts characters as well as it stands for one.
            if ((_roles[text[at]] & UnitRole.Replaced) != 0)
            {
                return true;
            }
        }

        return false;
    }

    private bool MayFollow(int first, ReadOnlySpan<char> text, int at)
    {
        if ((_roles[text[at]] & UnitRole.Letter) != 0 || HasPair(first, text[at]))
        {
            return true;
        }

        foreach (var replacement in ReplacementsAt(text[at]))
        {
            if (text[at..].StartsWith(replacement.From, StringComparison.Ordinal) && (_readings[replacement.To[0]].Length == 0 || HasPair(first, replacement.To[0])))
            {
                return true;
            }
        }

        return false;
    }

    private bool HasPair(int first, char unit)
    {
        foreach (var reading in _readings[unit])
        {
            if (_filter.HasPair(first, Readings.SyllableOf(reading)))
            {
                return true;
            }
        }

        return (_roles[unit] & UnitRole.Sounded) == 0 && _literalSeconds.Contains(unit);
    }

    private List<string> Keys(LexiconEntry entry)
    {
        var keys = new List<string> { string.Empty };
        foreach (var unit in entry.Spelling)
        {
            // An alias is read letter by letter; its first two characters still go into the filter by sound, through SetRoles.
            var cells = entry.AliasKind is null && _readings[unit].Length > 0 ? _readings.SyllablesOf(unit).Select(syllable => (char)(SyllableUnits + syllable)) : [unit];
            keys = [.. keys.SelectMany(key => cells.Select(cell => key + cell)).Take(MaxSpellings)];
        }

        return keys;
    }

    private void SetRoles(string[] keys, string separators)
    {
        for (var unit = 0; unit < _roles.Length; unit++)
        {
            int[] syllables = [.. _readings.SyllablesOf((char)unit)];
            _syllables[unit] = (short)(syllables.Length == 0 ? 0 : syllables.Length == 1 ? syllables[0] + 1 : -syllables[0] - 1);
            _roles[unit] = (_readings[(char)unit].Length > 0 ? UnitRole.Sounded : UnitRole.None)
                | (char.IsAsciiLetter((char)unit) ? UnitRole.Letter : UnitRole.None)
                | (_replacements.ContainsKey((char)unit) ? UnitRole.Replaced : UnitRole.None)
                | (IsSeparator((char)unit, separators) ? UnitRole.Separator : UnitRole.None);
        }

        foreach (var key in keys)
        {
            if (key.Length > 1 && !SyllablesOfCell(key[1]).Any())
            {
                _literalSeconds.Add(key[1]);
            }

            if (key.Length == 1 || !SyllablesOfCell(key[0]).Any())
            {
                _roles[key[0]] |= UnitRole.Literal;
            }

            foreach (var cell in key)
            {
                _roles[cell] |= IsSyllable(cell) ? UnitRole.None : UnitRole.Spelled;
            }
        }
    }

    private bool IsSyllable(char cell) => cell >= SyllableUnits && cell < SyllableUnits + _readings.Count;

    private IEnumerable<int> SyllablesOfCell(char cell) => IsSyllable(cell) ? [cell - SyllableUnits] : _readings.SyllablesOf(cell);

    /// <summary>Marks on a character and pictographs part it from the next as well as any sign does.</summary>
    private static bool IsSeparator(char unit, string separators) => separators.Contains(unit, StringComparison.Ordinal)
        || char.GetUnicodeCategory(unit) is UnicodeCategory.NonSpacingMark or UnicodeCategory.OtherSymbol or UnicodeCategory.Surrogate or UnicodeCategory.Control;
}
