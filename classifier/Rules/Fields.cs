namespace Surveillance.Classifier.Rules;

/// <summary>Parts of a listing in which a rule may match.</summary>
[Flags]
internal enum Fields
{
    None = 0,
    Title = 1,
    Text = 2,
    Seller = 4,
    Publisher = 8,

    /// <summary>Where a rule looks unless it says otherwise.</summary>
    Usual = Title | Text,
}
