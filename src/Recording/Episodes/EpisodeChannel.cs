namespace HilRig.Recording.Episodes;

/// <summary>One number of the observations or actions of a log.</summary>
/// <param name="Name">What it is, such as "joint/x/position".</param>
/// <param name="Unit">Its unit; "1" for none.</param>
/// <param name="Offset">Of an action: what 0 means, in its unit.</param>
/// <param name="Scale">Of an action: what 1 means more than 0, in its unit.</param>
public sealed record EpisodeChannel(string Name, string Unit, double Offset, double Scale);
