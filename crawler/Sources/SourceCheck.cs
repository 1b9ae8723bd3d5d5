using Quartz;

namespace Surveillance.Crawler.Sources;

/// <summary>What must hold between the keys of a source file that are well formed each.</summary>
internal static class SourceCheck
{
    /// <exception cref="SourceFormatException">Something does not hold.</exception>
    public static void Check(StrictMapping mapping, SourceDefinition source, string id)
    {
        if (source.Id != id)
        {
            throw mapping.Wrong("id", $"文件名 {id}");
        }

        if (!source.Id.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-'))
        {
            throw mapping.Wrong("id", "小写字母、数字和短横");
        }

        if (!CronExpression.TryParse(source.Schedule, out var cron) || cron is null)
        {
            throw mapping.Wrong("schedule", " Quartz cron 表达式（秒 分 时 日 月 周）");
        }

        if (source is { Enabled: true, Demo: false, Authorisation: null, Feed: null })
        {
            throw new SourceFormatException("缺少键 authorisation：启用真实站点须写明授权人、日期和文号（by、on、document）。");
        }

        if (source.Render != RenderMode.Browser && source.Rendering != SourceRendering.Default)
        {
            throw new SourceFormatException("键 rendering 没有用处：render 不是 browser。");
        }

        if (source.MaxPagesPerDay < source.MaxPages)
        {
            throw mapping.Wrong("max_pages_per_day", $"不小于 max_pages（{source.MaxPages}）的整数");
        }

        CheckSeeds(source);
        CheckHosts(mapping, source);
    }

    private static void CheckSeeds(SourceDefinition source)
    {
        foreach (var seed in source.Seeds)
        {
            if (SeedTemplate.UnknownPlaceholder(seed) is { } unknown)
            {
                throw new SourceFormatException($"键 seeds 中的 {seed} 含未知的占位符 {unknown}；可用 {{keyword}} 和 {{base}}。");
            }

            if (SeedTemplate.AsksForBase(seed) && source is { Base: null, Demo: false })
            {
                throw new SourceFormatException($"缺少键 base：seeds 中的 {seed} 用到了 {{base}}。");
            }

            if (SeedTemplate.AsksForKeyword(seed) && source.Keywords.Count == 0)
            {
                throw new SourceFormatException($"缺少键 keywords：seeds 中的 {seed} 用到了 {{keyword}}。");
            }

            var example = SeedTemplate.Expand(seed, source.Base ?? new Uri("http://demo.invalid"), ["x"]).First();
            if (SourceFile.HttpAddress(example) is null)
            {
                throw new SourceFormatException($"键 seeds 中的 {seed} 应为 http 或 https 绝对地址。");
            }
        }

        if (source.Keywords.Count > 0 && !source.Seeds.Any(SeedTemplate.AsksForKeyword))
        {
            throw new SourceFormatException("键 keywords 没有用处：seeds 中没有 {keyword}。");
        }
    }

    private static void CheckHosts(StrictMapping mapping, SourceDefinition source)
    {
        if (source.AllowHosts.Any(host => Uri.CheckHostName(host) == UriHostNameType.Unknown))
        {
            throw mapping.Wrong("allow_hosts", "主机名或 IP 地址的列表，不带端口");
        }
    }
}
