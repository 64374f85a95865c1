namespace HilRig.Bridge.Tests.Isaac;

/// <summary>
/// Messages of the first generation, written by hand from the field table: tag = number · 8 + wire
/// type, doubles little endian.
/// </summary>
internal static class GenerationOneGolden
{
    /// <summary>Camera command: velocity 0.5, 0, -1 rad/s, focal length 24.</summary>
    public static byte[] CameraCommand => Hex("""
        0A 1D                             camera_control_command = 1, 29 bytes
          0A 12                           joints_vel = 1, 18 bytes
            09 00 00 00 00 00 00 E0 3F    x = 1: 0.5
            19 00 00 00 00 00 00 F0 BF    z = 3: -1
          11 00 00 00 00 00 00 38 40      focal_length = 2: 24
        """);

    /// <summary>The trap: the same command without a focal length.</summary>
    public static byte[] CameraCommandWithoutFocalLength => Hex("""
        0A 0B                             camera_control_command = 1, 11 bytes
          0A 09                           joints_vel = 1, 9 bytes
            09 00 00 00 00 00 00 E0 3F    x = 1: 0.5
        """);

    /// <summary>Settings: adaptive rate on.</summary>
    public static byte[] SettingsOn => Hex("""
        12 02                             settings_command = 2, 2 bytes
          08 01                           adaptive_rate = 1: true
        """);

    /// <summary>Franka goal 0.4, 0, 0.3 m with marker.</summary>
    public static byte[] EffectorCommand => Hex("""
        1A 16                             franka_command = 3, 22 bytes
          0A 12                           effector_pos = 1, 18 bytes
            09 9A 99 99 99 99 99 D9 3F    x = 1: 0.4
            19 33 33 33 33 33 33 D3 3F    z = 3: 0.3
          10 01                           show_marker = 2: true
        """);

    /// <summary>A frame of 2 × 1 pixels with everything in it.</summary>
    public static byte[] Frame => Hex("""
        0A 28                             bbox2d = 1, 40 bytes
          0A 0F                           data = 1, 15 bytes
            08 07                         semanticId = 1: 7
            10 00                         xMin = 2: 0
            18 00                         yMin = 3: 0
            20 01                         xMax = 4: 1
            28 00                         yMax = 5: 0
            35 00 00 80 3E                occlusionRatio = 6: 0.25
          12 15                           info = 2, 21 bytes
            0A 10                         idToLabels = 1, 16 bytes
              0A 01 37                    key = 1: "7"
              12 0B 63 6C 61 73 73 3A
              62 6C 6F 63 6B              value = 2: "class:block"
            12 01 00                      bboxIds = 2, packed: 0
        12 24                             clock = 2, 36 bytes
          09 00 00 00 00 00 00 90 3F      sim_dt = 1: 1/64
          11 00 00 00 00 00 00 A0 3F      sys_dt = 2: 1/32
          19 00 00 00 00 00 00 F8 3F      sim_time = 3: 1.5
          21 00 00 00 00 00 00 04 40      sys_time = 4: 2.5
        1A 2E                             camera = 3, 46 bytes
          0A 10 00 00 00 00 00 00 F0 3F
                00 00 00 00 00 00 00 40   view_matrix_ros = 1, packed: 1, 2 (of 16)
          12 08 00 00 00 00 00 00 E0 3F   camera_scale = 2, packed: 0.5 (of 3)
          1A 10 00 00 00 00 00 00 08 40
                00 00 00 00 00 00 10 40   intrinsics_matrix = 3, packed: 3, 4 (of 9)
        22 08 01 02 03 04 05 06 07 08     color_image = 4, 8 bytes
        2A 08 00 00 80 3F 00 00 00 40     depth_image = 5, 8 bytes: 1, 2
        """);

    /// <summary>Reads hex bytes; a line's comment starts where no byte can.</summary>
    public static byte[] Hex(string text)
    {
        var bytes = new List<byte>();
        foreach (string line in text.Split('\n'))
        {
            foreach (string word in line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                if (word.Length != 2 || !byte.TryParse(
                    word, System.Globalization.NumberStyles.HexNumber, null, out byte value))
                {
                    break;
                }

                bytes.Add(value);
            }
        }

        return [.. bytes];
    }
}
