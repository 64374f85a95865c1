using System.Globalization;
using System.Runtime.InteropServices;
using HilRig.Bridge.Agent;
using HilRig.Core.Errors;
using HilRig.Core.RealTime;

namespace HilRig.Bridge.SharedMemory;

/// <summary>Checks the header of a lane's file before it is mapped.</summary>
internal static class LaneHeader
{
    private const int CheckedWords = HeaderWord.AgentId + 1;

    /// <summary>
    /// Checks that a file is an agent's lane of this build and that its agent lives.
    /// </summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="stream">The file.</param>
    /// <exception cref="ProtocolException">It is not; says why.</exception>
    public static LaneLayout Check(string path, FileStream stream)
    {
        Span<long> words = stackalloc long[CheckedWords];
        Read(stream, words);
        long dofCount = words[HeaderWord.DofCount];
        if (words[HeaderWord.Magic] != LaneLayout.Magic
            || dofCount is < 1 or > AgentBridgeOptions.DofMax)
        {
            throw Strange(path, "another kind of file");
        }

        if (words[HeaderWord.Version] != LaneLayout.Version)
        {
            throw Strange(path, string.Create(
                CultureInfo.InvariantCulture, $"version {words[HeaderWord.Version]}"));
        }

        var layout = new LaneLayout((int)dofCount);
        if (!MemoryMarshal.AsBytes(words.Slice(HeaderWord.Hash, 4)).SequenceEqual(layout.Sha256)
            || stream.Length != layout.FileBytes)
        {
            throw Strange(path, "another layout");
        }

        long agent = words[HeaderWord.AgentProcess];
        if (!IsAlive(agent, words[HeaderWord.AgentStart]))
        {
            throw new ProtocolException(
                "no agent answered the handshake",
                "shm:" + path,
                "a living agent",
                string.Create(CultureInfo.InvariantCulture, $"process {agent} has ended"),
                "start the agent again; it makes this file anew");
        }

        return layout;
    }

    /// <summary>The id of the agent that made a file; 0 when it is none.</summary>
    /// <param name="stream">The file.</param>
    public static ulong AgentIdOf(FileStream stream)
    {
        Span<long> words = stackalloc long[CheckedWords];
        Read(stream, words);
        return (ulong)words[HeaderWord.AgentId];
    }

    /// <summary>Whether a file is a lane whose agent has ended.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static bool IsAbandoned(string path)
    {
        using var stream = new FileStream(
            path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        Span<long> words = stackalloc long[CheckedWords];
        Read(stream, words);
        return words[HeaderWord.Magic] == LaneLayout.Magic
            && !IsAlive(words[HeaderWord.AgentProcess], words[HeaderWord.AgentStart]);
    }

    /// <summary>Whether a process lives. Not for loops.</summary>
    /// <param name="processId">Its id.</param>
    /// <param name="startTicks">Its start; 0 where that is unknown.</param>
    public static bool IsAlive(long processId, long startTicks)
    {
        if (processId is < 1 or > int.MaxValue)
        {
            return false;
        }

        if (OperatingSystem.IsLinux())
        {
            long found = ProcessStart.TicksOf(processId);
            return found != 0 && (startTicks == 0 || found == startTicks);
        }

        try
        {
            using var process = System.Diagnostics.Process.GetProcessById((int)processId);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    // A file that is shorter leaves zeros, which are no magic.
    private static void Read(FileStream stream, Span<long> words)
    {
        words.Clear();
        stream.Position = 0;
        stream.ReadAtLeast(MemoryMarshal.AsBytes(words), 1, throwOnEndOfStream: false);
    }

    private static ProtocolException Strange(string path, string found) => new(
        "the peer is not a HilRig agent of this version",
        "shm:" + path,
        string.Create(
            CultureInfo.InvariantCulture, $"shared memory of layout {LaneLayout.Version}"),
        found,
        "check the address, and install the same HilRig version on both sides");
}
