namespace Surveillance.Classifier.Model.Training;

/// <summary>How a model is trained.</summary>
public sealed record TrainerOptions
{
    public int Seed { get; init; } = 20261125;

    /// <summary>Parts into which groups are dealt for validation, at least 2.</summary>
    public int Folds { get; init; } = 5;

    /// <summary>Of the L2 regularisation.</summary>
    public double Strength { get; init; } = 0.003;

    /// <summary>Precision that a type's threshold must reach on validation where any threshold does.</summary>
    public double Precision { get; init; } = 0.9;

    /// <summary>Features kept in the model, those with the largest weights.</summary>
    public int Kept { get; init; } = 100_000;
}
