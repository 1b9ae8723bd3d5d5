namespace Surveillance.Classifier.Text;

/// <summary>The layout of the compiled dictionaries: magic, then offset and length of each section as 64-bit numbers, then the sections.</summary>
internal static class TextFile
{
    /// <summary>The last two letters are the version: whoever changes a section's meaning changes them.</summary>
    public static ReadOnlySpan<byte> Magic => "SVTEXT03"u8;

    /// <summary>Sections begin at multiples of this, so that every table is aligned.</summary>
    public const int Alignment = 64;

    public static int Sections { get; } = Enum.GetValues<TextSection>().Length;

    public static int HeadBytes { get; } = Magic.Length + (Sections * 2 * sizeof(long));
}

/// <summary>The tables of the compiled dictionaries.</summary>
internal enum TextSection
{
    /// <summary>By UTF-16 unit, a <see cref="FoldClass"/>.</summary>
    FoldClasses,

    /// <summary>By UTF-16 unit: what it folds to, or where its expansion begins.</summary>
    FoldUnits,

    /// <summary>Expansions: a length, then the units.</summary>
    FoldExpansions,

    /// <summary>Pairs of code points, ascending: variant forms beyond the Basic Multilingual Plane and what they fold to.</summary>
    AstralVariants,

    /// <summary>The prefix dictionary as a <see cref="Matching.UnitTrie"/>; a word's value is the number of its weight.</summary>
    WordSlots,

    /// <summary>By UTF-16 unit: the node that it leads to from the root, or 0.</summary>
    WordRoots,

    /// <summary>A <see cref="Matching.PairBits"/> of the first two units of all words.</summary>
    WordPairs,

    /// <summary>By number: the natural logarithm of a frequency; number 0 is no word's.</summary>
    WordWeights,

    /// <summary>By node, the word's tag: one more than its number in <see cref="TagNames"/>; 0 for none.</summary>
    WordTags,

    TagNames,

    /// <summary>One 64-bit number: the sum of all frequencies.</summary>
    WordTotal,

    /// <summary>By UTF-16 unit, its row of emissions; row 0 is for characters never seen.</summary>
    HiddenRows,

    /// <summary>Four doubles a row: begin, middle, end, single.</summary>
    HiddenEmissions,

    /// <summary>Four doubles, then four times four: start and transition, in the order of the emissions.</summary>
    HiddenTransitions,

    /// <summary>Ascending hashes of words; the same place in <see cref="DocumentWeights"/> is the word's weight.</summary>
    DocumentHashes,

    /// <summary>Inverse document frequencies; behind the last word's, the median.</summary>
    DocumentWeights,

    /// <summary>By UTF-16 unit, where its readings begin; 0 for none.</summary>
    ReadingPlaces,

    /// <summary>The most usual syllable with its tones: how many, then each as 8 × syllable + tone.</summary>
    Readings,

    SyllableNames,
}

/// <summary>How a UTF-16 unit is folded everywhere.</summary>
internal enum FoldClass : byte
{
    /// <summary>To itself.</summary>
    Same,

    /// <summary>To one other unit.</summary>
    Unit,

    /// <summary>To nothing: format characters and the like.</summary>
    Removed,

    /// <summary>To several units.</summary>
    Expansion,

    /// <summary>With its neighbours: combining marks, jamo, surrogates.</summary>
    Cluster,
}
