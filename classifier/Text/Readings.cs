using System.Collections.Frozen;

namespace Surveillance.Classifier.Text;

/// <summary>How characters are usually read (pinyin). Thread safe.</summary>
internal sealed unsafe class Readings
{
    private readonly ushort* _places;
    private readonly ushort* _readings;
    private readonly string[] _names;
    private readonly bool[] _beginnings = new bool[26 * 26];
    private readonly FrozenDictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _syllables;

    public Readings(TextResources resources)
    {
        _places = resources.Pointer<ushort>(TextSection.ReadingPlaces);
        _readings = resources.Pointer<ushort>(TextSection.Readings);
        _names = resources.Names(TextSection.SyllableNames);
        Count = _names.Length;
        LongestName = _names.Max(name => name.Length);
        foreach (var name in _names.Where(name => name.Length > 1))
        {
            _beginnings[((name[0] - 'a') * 26) + name[1] - 'a'] = true;
        }

        _syllables = _names.Index().ToFrozenDictionary(name => name.Item, name => name.Index).GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>How many syllables there are, tones apart.</summary>
    public int Count { get; }

    public int LongestName { get; }

    /// <summary>A character's most usual syllable with its tones; none where it has none.</summary>
    public ReadOnlySpan<ushort> this[char unit]
    {
        get
        {
            var place = _places[unit];
            return place == 0 ? [] : new ReadOnlySpan<ushort>(_readings + place + 1, _readings[place]);
        }
    }

    public static int SyllableOf(ushort reading) => reading / 8;

    /// <summary>A character's syllable, tones apart; none where it has none.</summary>
    public IEnumerable<int> SyllablesOf(char unit) => this[unit].ToArray().Select(SyllableOf).Distinct();

    /// <summary>The first letter of a character's syllable; null where it has none.</summary>
    public char? InitialOf(char unit) => this[unit].IsEmpty ? null : _names[SyllableOf(this[unit][0])][0];

    /// <summary>Whether some syllable's spelling begins with two letters, a to z. Cheap beside <see cref="Syllable"/>.</summary>
    public bool Begins(char first, char second) => _beginnings[((first - 'a') * 26) + second - 'a'];

    /// <summary>The syllable of this spelling, or -1.</summary>
    public int Syllable(ReadOnlySpan<char> letters) => _syllables.TryGetValue(letters, out var syllable) ? syllable : -1;

    /// <summary>Whether two characters can sound alike, tone included.</summary>
    public bool Agree(char one, char other) => this[one].ContainsAny(this[other]);
}
