using System.Text.Encodings.Web;
using System.Text.Json;

namespace Surveillance.Classifier;

/// <summary>How the JSON of DESIGN section 5 is written and read: snake case, Chinese as itself, unknown members ignored.</summary>
public static class ContractJson
{
    /// <summary>One object a line.</summary>
    public static JsonSerializerOptions Options { get; } = Build();

    private static JsonSerializerOptions Build()
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
            // Files and terminals, not HTML: Chinese and quotes stay readable. Pages encode on their own.
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.Strict,
            RespectNullableAnnotations = true,
            TypeInfoResolver = new System.Text.Json.Serialization.Metadata.DefaultJsonTypeInfoResolver(),
        };
        options.MakeReadOnly();
        return options;
    }
}
