using System.Runtime.InteropServices;

namespace Surveillance.Classifier.Segmentation;

/// <summary>How a text is cut into words, as jieba names it.</summary>
public enum SegmentMode
{
    /// <summary>The most probable words, each unit in one word.</summary>
    Accurate,

    /// <summary>As accurate, with the words of two and three characters inside longer ones before them.</summary>
    Search,

    /// <summary>Every word of the dictionary, overlapping.</summary>
    Full,
}

/// <summary>A word by its place in the text that was cut.</summary>
/// <param name="Start">First UTF-16 unit.</param>
/// <param name="Length">In UTF-16 units.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct WordSpan(int Start, int Length)
{
    /// <summary>After the last unit.</summary>
    public int End => Start + Length;
}

/// <summary>A word and its part of speech.</summary>
/// <param name="Tag">The dictionary's (n, v, ns …); else <c>m</c> for digits, <c>eng</c> for Latin letters and digits, <c>x</c> for the rest.</param>
public sealed record TaggedWord(string Word, string Tag);
