using System.Collections.Frozen;

namespace Surveillance.Api.Listings.Feeds;

/// <summary>What a feed may say of a listing, by the contract's names, and what else spreadsheets and platforms call it.</summary>
internal static class FeedField
{
    private static readonly string[] Lines =
    [
        "id item_id 商品编号 商品id 编号",
        "platform 平台",
        "kind 类别",
        "title 标题 商品标题 商品名称",
        "text 描述 正文 内容 商品描述",
        "price 价格",
        "price_max 最高价",
        "price_text",
        "currency 币种",
        "seller 经营者 卖家 店铺 店铺名称",
        "location 所在地 地区",
        "url 链接 商品链接 网址",
        "publisher 发布者",
        "images 图片",
        "phone 电话 联系电话",
        "wechat 微信 微信号",
        "qq",
        "observed 发现日期 采集日期",
    ];

    /// <summary>By any of a field's names: the contract's.</summary>
    public static FrozenDictionary<string, string> ByAnyName { get; } = Lines
        .Select(line => line.Split(' '))
        .SelectMany(names => names.Select(name => (Name: name, Field: names[0])))
        .ToFrozenDictionary(pair => pair.Name, pair => pair.Field, StringComparer.OrdinalIgnoreCase);

    /// <summary>The contract's names.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Lines.Select(line => line.Split(' ')[0])];
}
