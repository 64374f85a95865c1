using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace HilRig.Recording.Ticks;

/// <summary>
/// Makes the schema bytes of a Protobuf channel: the message's file and all its imports.
/// </summary>
internal static class DescriptorSets
{
    public static byte[] For(MessageDescriptor message)
    {
        var set = new FileDescriptorSet();
        Add(message.File, set, []);
        return set.ToByteArray();
    }

    // Imports first, as protoc orders them.
    private static void Add(FileDescriptor file, FileDescriptorSet set, HashSet<string> seen)
    {
        if (!seen.Add(file.Name))
        {
            return;
        }

        foreach (FileDescriptor import in file.Dependencies)
        {
            Add(import, set, seen);
        }

        set.File.Add(FileDescriptorProto.Parser.ParseFrom(file.SerializedData));
    }
}
