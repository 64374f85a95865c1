namespace HilRig.Tasks;

/// <summary>One number of an observation or an action.</summary>
/// <param name="Name">
/// What it is, such as "joint/x/position", "joint/x/velocity", "joint/x/goal", "object/puck/x".
/// </param>
/// <param name="Unit">Its unit; "1" for none.</param>
/// <param name="Offset">Subtracted from it before a policy sees it; of an action added.</param>
/// <param name="Scale">
/// What of it is 1 to a policy, in its unit: seen = (value − offset) / scale; an action of 1 means
/// this much.
/// </param>
public sealed record TaskChannel(string Name, string Unit, double Offset, double Scale);
