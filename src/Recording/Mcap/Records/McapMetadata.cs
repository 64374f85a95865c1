namespace HilRig.Recording.Mcap.Records;

/// <summary>A named set of key and value pairs.</summary>
/// <param name="Name">Name, such as "hilrig.run".</param>
/// <param name="Entries">The pairs.</param>
public sealed record McapMetadata(string Name, IReadOnlyDictionary<string, string> Entries);
