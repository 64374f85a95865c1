namespace HilRig.Rig.Processes;

/// <summary>Runtime settings that must be in place before a process starts.</summary>
internal static class ChildEnvironment
{
    /// <summary>
    /// The agent: no tiering, so no method is compiled again while the arm moves; a small heap,
    /// since locked memory includes it.
    /// </summary>
    public static IReadOnlyDictionary<string, string> Agent { get; } =
        new Dictionary<string, string>
        {
            ["DOTNET_TieredCompilation"] = "0",
            ["DOTNET_GCHeapHardLimit"] = "0x4000000",
            ["DOTNET_gcConcurrent"] = "0",
        };

    /// <summary>
    /// The bridge: socket completions run on the thread that polls, and a young generation that a
    /// night's messages do not fill.
    /// </summary>
    public static IReadOnlyDictionary<string, string> Bridge { get; } =
        new Dictionary<string, string>
        {
            ["DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS"] = "1",
            ["DOTNET_GCgen0size"] = "0x4000000",
            ["DOTNET_TieredPGO"] = "0",
        };

    /// <summary>Guardian and emulator: nothing special.</summary>
    public static IReadOnlyDictionary<string, string> Plain { get; } =
        new Dictionary<string, string>
        {
            ["DOTNET_GCHeapHardLimit"] = "0x4000000",
        };
}
