namespace HilRig.Sim.Mjcf;

/// <summary>The file an element was read from.</summary>
/// <param name="Path">Path of the file.</param>
/// <param name="Line">Line of an element that was made from another; 0 for its own line.</param>
internal sealed record MjcfSource(string Path, int Line = 0);
