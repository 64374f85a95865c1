using System.Text.Json.Serialization;

namespace HilRig.Tasks.Policies;

/// <summary>Source-generated reading and writing of manifests.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    WriteIndented = true,
    NewLine = "\n",
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(TaskPolicyManifest))]
internal sealed partial class TaskPolicyJsonContext : JsonSerializerContext;
