namespace Surveillance.Api.Leads;

/// <summary>How closed sets stand in the store: in lower case, as in the contract's JSON.</summary>
internal static class StoredName
{
    public static string Of<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    /// <exception cref="InvalidDataException">The store holds a word that this program does not know.</exception>
    public static T Parse<T>(string text)
        where T : struct, Enum =>
        Enum.TryParse<T>(text, ignoreCase: true, out var value) && Enum.IsDefined(value)
            ? value
            : throw new InvalidDataException($"expected one of {string.Join(", ", Enum.GetNames<T>())}, the store holds '{text}'");
}
