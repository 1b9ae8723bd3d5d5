namespace Surveillance.Classifier.Model.Training;

/// <summary>A listing of which it is known what it breaks.</summary>
/// <param name="Types">Violation types that certainly apply; empty for a lawful one.</param>
/// <param name="Maybe">Types that are arguable: left out wherever something is learnt or counted for them.</param>
/// <param name="Group">Near-duplicates and wordings of one idea share it; they are never parted between training and validation.</param>
/// <param name="Origin">Where it comes from: a voice's file, a repository, officers. Never a feature.</param>
/// <param name="Kind">What training reports it as.</param>
public sealed record TrainingListing(
    Listing Listing, IReadOnlyList<string> Types, IReadOnlyList<string> Maybe, string Group, string Origin, TrainingKind Kind = TrainingKind.Labelled)
{
    /// <summary>Neither certainly unlawful nor arguable.</summary>
    public bool IsLawful => Types.Count == 0 && Maybe.Count == 0;
}

/// <summary>How a listing of the training set came to be there.</summary>
public enum TrainingKind
{
    /// <summary>Read and labelled one by one.</summary>
    Labelled,

    /// <summary>Lawful, and looks unlawful.</summary>
    HardNegative,

    /// <summary>Everyday text.</summary>
    Ordinary,

    /// <summary>Made of others, for learning only.</summary>
    Derived,
}
