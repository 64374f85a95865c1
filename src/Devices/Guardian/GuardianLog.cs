using System.Text.Encodings.Web;
using System.Text.Json;

namespace HilRig.Devices.Guardian;

/// <summary>
/// What the guardian saw and did, one JSON object a line: t_ns (CLOCK_MONOTONIC), kind, text. The
/// writer may belong to a process that is gone, so a failed write is no reason to stop guarding.
/// </summary>
internal sealed class GuardianLog(TextWriter writer)
{
    // The lines are read as JSON and by people, never inside a web page.
    private static readonly JsonSerializerOptions Format = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public void Write(long nanoseconds, string kind, string text)
    {
        try
        {
            string quotedText = JsonSerializer.Serialize(text, Format);
            writer.WriteLine(
                $$"""{"t_ns":{{nanoseconds}},"kind":"{{kind}}","text":{{quotedText}}}""");
            writer.Flush();
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException)
        {
            // The reader died; the latch file and the page still tell.
        }
    }
}
