using System.IO.Hashing;
using HilRig.Recording.Mcap.Encoding;
using HilRig.Recording.Mcap.Records;

namespace HilRig.Recording.Mcap;

/// <summary>Decodes attachments and holds them against their checksum.</summary>
internal static class AttachmentCheck
{
    public static bool TryDecode(
        ReadOnlySpan<byte> content, out McapAttachment attachment, out string fault)
    {
        fault = "an attachment is malformed";
        if (!RecordDecoder.TryAttachment(
            content, out attachment, out int checkedBytes, out uint checksum))
        {
            return false;
        }

        uint found = Crc32.HashToUInt32(content[..checkedBytes]);
        fault = checksum != 0 && checksum != found
            ? $"the checksum of attachment \"{attachment.Name}\" does not hold"
            : "";
        return fault.Length == 0;
    }
}
