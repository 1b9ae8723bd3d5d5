using System.Collections.Immutable;
using Surveillance.Classifier;
using Surveillance.Classifier.Model.Perturbing;

namespace Surveillance.Api.Evaluation;

/// <summary>Disguises violating listings in every known way and looks whether they are still found.</summary>
/// <param name="terms">What sellers disguise: the lexicon's core.</param>
internal sealed class Disguising(TextClassifier classifier, Perturbations perturbations, IReadOnlyList<string> terms)
{
    /// <param name="violating">With their assessments undisguised.</param>
    public ImmutableArray<PerturbationResult> Measure(IReadOnlyList<(LabelledListing Labelled, Assessment Clean)> violating, DateOnly day) =>
        [.. perturbations.All.Select(perturbation =>
        {
            var (changed, clean, found) = (0, 0, 0);
            foreach (var (labelled, assessment) in violating)
            {
                if (Disguise(labelled.Listing, assessment, perturbation) is { } disguised)
                {
                    changed++;
                    clean += assessment.Decision == Decision.Flag ? 1 : 0;
                    found += classifier.Classify(disguised, day).Decision == Decision.Flag ? 1 : 0;
                }
            }

            return new PerturbationResult(perturbation.Name, perturbation.Label, changed, new Share(clean, changed), new Share(found, changed));
        })];

    /// <summary>Null where the disguise changes nothing.</summary>
    internal Listing? Disguise(Listing listing, Assessment clean, Perturbation perturbation)
    {
        var disguised = listing with
        {
            Title = listing.Title is null ? null : perturbation.Apply(listing.Title, Places(listing.Title, "title", clean)),
            Text = listing.Text is null ? null : perturbation.Apply(listing.Text, Places(listing.Text, "text", clean)),
        };
        return disguised.Title == listing.Title && disguised.Text == listing.Text ? null : disguised;
    }

    /// <summary>The disguised terms where a finding stands; all of them where no finding stands on any.</summary>
    private List<(int Start, int End)> Places(string text, string field, Assessment clean)
    {
        var spans = clean.Findings.SelectMany(finding => finding.Spans).Where(span => span.Field == field).ToList();
        var all = new List<(int Start, int End)>();
        for (var at = 0; at < text.Length;)
        {
            var term = terms.Where(term => string.CompareOrdinal(text, at, term, 0, term.Length) == 0).MaxBy(term => term.Length);
            if (term is not null)
            {
                all.Add((at, at + term.Length));
            }

            at += term?.Length ?? 1;
        }

        var found = all.Where(place => spans.Exists(span => span.Start < place.End && span.End > place.Start)).ToList();
        return found.Count > 0 ? found : all;
    }
}
