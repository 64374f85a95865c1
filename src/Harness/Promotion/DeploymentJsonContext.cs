using System.Text.Json.Serialization;

namespace HilRig.Harness.Promotion;

[JsonSerializable(typeof(DeploymentRecord))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    WriteIndented = true,
    RespectRequiredConstructorParameters = true,
    RespectNullableAnnotations = true)]
internal sealed partial class DeploymentJsonContext : JsonSerializerContext;
