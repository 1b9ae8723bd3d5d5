using System.Text;
using Surveillance.Classifier.Segmentation;
using Surveillance.Classifier.Text;

namespace Surveillance.Classifier.Model.Perturbing;

/// <summary>Disguises that need to know how characters sound and are written. Thread safe.</summary>
internal sealed class Disguises
{
    private readonly Readings _readings;
    private readonly string[] _syllables;
    private readonly Dictionary<char, char> _traditional = [];

    /// <summary>By sound with tone: usual characters, the most usual first.</summary>
    private readonly ILookup<ushort, char> _sounds;

    public Disguises(TextResources resources)
    {
        _readings = new Readings(resources);
        _syllables = resources.Names(TextSection.SyllableNames);
        var words = new WordGraph(resources, UserWords.None);
        _sounds = Enumerable.Range(0x4E00, 0x9FA5 - 0x4E00)
            .Select(unit => (char)unit)
            .Where(unit => _readings[unit].Length == 1 && words.LogFrequency([unit]) is var frequency && frequency > Math.Log(100))
            .OrderByDescending(unit => words.LogFrequency([unit]))
            .ToLookup(unit => _readings[unit][0]);
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var big5 = Encoding.GetEncoding("big5", EncoderFallback.ReplacementFallback, DecoderFallback.ReplacementFallback);
        var classes = resources.Table<FoldClass>(TextSection.FoldClasses);
        var units = resources.Table<ushort>(TextSection.FoldUnits);
        // Of several forms the most usual, of equally usual ones the fuller, which comes later.
        foreach (var unit in Enumerable.Range(0x4E00, 0x9FA5 - 0x4E00).OrderByDescending(unit => words.LogFrequency([(char)unit])).ThenByDescending(unit => unit))
        {
            // Big5 has what is usual in traditional writing, and not the simplified forms.
            if (classes[unit] == FoldClass.Unit && big5.GetBytes([(char)unit])[0] != '?' && big5.GetBytes([(char)units[unit]])[0] == '?')
            {
                _traditional.TryAdd((char)units[unit], (char)unit);
            }
        }
    }

    public string Traditional(string text) => string.Concat(text.Select(unit => _traditional.GetValueOrDefault(unit, unit)));

    /// <summary>The first character that another usual one sounds exactly like is written with that one.</summary>
    public string? Homophone(string term)
    {
        for (var at = 0; at < term.Length; at++)
        {
            var others = _readings[term[at]].IsEmpty ? [] : _sounds[_readings[term[at]][0]].Where(other => other != term[at]).Take(3).ToArray();
            if (others.Length > 0)
            {
                return term[..at] + others[term.Length % others.Length] + term[(at + 1)..];
            }
        }

        return null;
    }

    /// <summary>The first character in letters.</summary>
    public string? Pinyin(string term) => SyllableOf(term[0]) is { } syllable ? syllable + term[1..] : null;

    /// <summary>The first letter of every character.</summary>
    public string? Initials(string term)
    {
        var letters = term.Select(unit => SyllableOf(unit)?[0]).ToArray();
        return letters.Contains(null) ? null : string.Concat(letters);
    }

    private string? SyllableOf(char unit) => _readings[unit].IsEmpty ? null : _syllables[Readings.SyllableOf(_readings[unit][0])];
}
