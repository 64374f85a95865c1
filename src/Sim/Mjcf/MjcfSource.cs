namespace HilRig.Sim.Mjcf;

/// <summary>The file an element was read from.</summary>
/// <param name="Path">Path of the file.</param>
internal sealed record MjcfSource(string Path);
