namespace Surveillance.Api.Pages;

/// <summary>Whether this process leaves the statistical model out, which every page then says.</summary>
public sealed record ModelSwitch(bool IsOff);
