using System.Collections.Immutable;

namespace Surveillance.Classifier.Text;

/// <summary>What <c>normalize</c> writes for a line. DESIGN section 5; to be written with <see cref="ContractJson"/>.</summary>
/// <param name="Text">As it came.</param>
/// <param name="Normalized">As the rules read it.</param>
/// <param name="Map">As in <see cref="NormalizedText"/>.</param>
public sealed record NormalizedLine(string Text, string Normalized, int[] Map, ImmutableArray<Fold> Folds)
{
    public static NormalizedLine From(NormalizedText text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new(text.Original, text.Text, text.Map, text.Folds);
    }
}
