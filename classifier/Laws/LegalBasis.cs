namespace Surveillance.Classifier.Laws;

/// <summary>A place in a law, for example 《中华人民共和国广告法》第九条第三项.</summary>
/// <param name="Law">Official title in Chinese, without book-title marks.</param>
/// <param name="Article">条 as the law numbers it, <c>"24"</c> or <c>"284之一"</c>; null where the instrument has none.</param>
/// <param name="Paragraph">款, counted from one, or <see langword="null"/> for the whole article.</param>
/// <param name="Item">项 within the paragraph, or <see langword="null"/> for the whole paragraph.</param>
public sealed record LegalBasis(string Law, string? Article, int? Paragraph = null, int? Item = null);
