using Surveillance.Api.Leads;

namespace Surveillance.Api.Pictures;

/// <summary>One picture of a lead, as far as it is known.</summary>
/// <param name="Url">As the listing names it.</param>
/// <param name="State"><c>wanted</c> where it waits to be looked at, else a <see cref="Crawler.Pictures.PictureState"/>.</param>
/// <param name="Reason">One short Chinese phrase; null for a picture that was read.</param>
/// <param name="Digest">Of the sealed bytes; null where none came, or what came is no picture.</param>
/// <param name="CapturedAt">UTC; null without <paramref name="Digest"/>.</param>
/// <param name="Leads">How many other leads carry the same picture.</param>
/// <param name="SameIn">The first of those, the most alike first.</param>
public sealed record LeadPicture(
    string Url, string State, string? Reason, string? Digest, DateTimeOffset? CapturedAt, int Leads, IReadOnlyList<SamePictureLead> SameIn);

/// <summary>Another lead with the same picture.</summary>
/// <param name="Likeness">From 0 to 1; null where the bytes are the same.</param>
public sealed record SamePictureLead(LeadId Id, string? Title, string? Platform, string? Seller, LeadState State, double? Likeness);
