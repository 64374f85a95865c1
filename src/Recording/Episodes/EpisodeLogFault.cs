using HilRig.Core.Errors;
using HilRig.Recording.Mcap;

namespace HilRig.Recording.Episodes;

/// <summary>Names what the disk refused.</summary>
internal static class EpisodeLogFault
{
    public static RecordingException Writing(string path, Exception error) =>
        DiskFault.IsFull(error)
            ? new RecordingException(
                "The disk is full, so the episode was not kept",
                path,
                "room for the episode",
                "none left",
                "free space; all that was kept before is whole, and the run can be resumed",
                error)
            : new RecordingException(
                "The episode log cannot be written",
                path,
                found: error.Message.TrimEnd('.'),
                remedy: "check the folder and its permissions",
                inner: error);
}
