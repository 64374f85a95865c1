using System;
using System.IO;
using System.Text;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

/// <summary>
/// Copies a 64-bit little-endian ELF library and marks a version it needs as weak, so that a loader
/// without that version warns instead of refusing. ELF gABI, "Symbol Versioning": Verneed, Vernaux.
/// </summary>
public sealed class WeakenElfVersionNeed : Task
{
    private const uint SectionOfVersionNeeds = 0x6ffffffe;
    private const byte Weak = 2;

    [Required]
    public string Source { get; set; }

    [Required]
    public string Destination { get; set; }

    [Required]
    public string VersionName { get; set; }

    public override bool Execute()
    {
        byte[] library = File.ReadAllBytes(Source);
        if (library.Length < 64 || library[0] != 0x7f || library[4] != 2 || library[5] != 1)
        {
            Log.LogError(Source + " is no 64-bit little-endian ELF library");
            return false;
        }

        int weakened = Weaken(library);
        if (weakened == 0)
        {
            Log.LogError(
                Source + " no longer needs " + VersionName
                + ": the package has changed; see whether build/Torch.targets is still needed");
            return false;
        }

        if (File.Exists(Destination) && Same(File.ReadAllBytes(Destination), library))
        {
            return true;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(Destination));
        File.WriteAllBytes(Destination + ".part", library);
        File.Delete(Destination);
        File.Move(Destination + ".part", Destination);
        return true;
    }

    private int Weaken(byte[] library)
    {
        int weakened = 0;
        long sections = BitConverter.ToInt64(library, 0x28);
        int size = BitConverter.ToUInt16(library, 0x3A);
        int count = BitConverter.ToUInt16(library, 0x3C);
        for (int i = 0; i < count; i++)
        {
            int section = (int)sections + (i * size);
            if (BitConverter.ToUInt32(library, section + 4) == SectionOfVersionNeeds)
            {
                int link = BitConverter.ToInt32(library, section + 0x28);
                int names = (int)BitConverter.ToInt64(
                    library, (int)sections + (link * size) + 0x18);
                weakened += WeakenIn(library, section, names);
            }
        }

        return weakened;
    }

    private int WeakenIn(byte[] library, int section, int names)
    {
        int weakened = 0;
        int need = (int)BitConverter.ToInt64(library, section + 0x18);
        int needs = BitConverter.ToInt32(library, section + 0x2C);
        for (int n = 0; n < needs; n++)
        {
            int entry = need + BitConverter.ToInt32(library, need + 8);
            int entries = BitConverter.ToUInt16(library, need + 2);
            for (int a = 0; a < entries; a++)
            {
                int name = names + BitConverter.ToInt32(library, entry + 8);
                if (NameAt(library, name) == VersionName)
                {
                    library[entry + 4] |= Weak;
                    weakened++;
                }

                entry += BitConverter.ToInt32(library, entry + 12);
            }

            need += BitConverter.ToInt32(library, need + 12);
        }

        return weakened;
    }

    private static bool Same(byte[] one, byte[] other)
    {
        bool same = one.Length == other.Length;
        for (int i = 0; same && i < one.Length; i++)
        {
            same = one[i] == other[i];
        }

        return same;
    }

    private static string NameAt(byte[] library, int start)
    {
        int end = Array.IndexOf(library, (byte)0, start);
        return Encoding.ASCII.GetString(library, start, end - start);
    }
}
