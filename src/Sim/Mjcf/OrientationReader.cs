using HilRig.Sim.Spatial;

namespace HilRig.Sim.Mjcf;

/// <summary>Reads a rotation given in one of MJCF's five ways.</summary>
internal static class OrientationReader
{
    private static readonly string[] Ways = ["quat", "axisangle", "euler", "xyaxes", "zaxis"];

    /// <summary>The rotation, or none when the element gives no rotation.</summary>
    public static UnitQuaternion Read(MjcfAttributes at, CompilerSettings compiler)
    {
        string[] given = [.. Ways.Where(at.IsOwn)];
        if (given.Length > 1)
        {
            throw MjcfFault.At(
                at.Element, "the rotation is given twice: " + string.Join(" and ", given));
        }

        // As in MuJoCo, any other way wins over a quaternion, be it the element's or its class's.
        string? way = given.FirstOrDefault();
        if (way is null or "quat")
        {
            way = Ways.Skip(1).FirstOrDefault(at.Has) ?? (at.Has("quat") ? "quat" : null);
        }

        return way switch
        {
            null => UnitQuaternion.Identity,
            "quat" => Quaternion(at),
            "axisangle" => AxisAngle(at, compiler),
            "euler" => Euler(at, compiler),
            "xyaxes" => Axes(at),
            _ => UnitQuaternion.FromZAxis(NotZero(at, "zaxis", at.Vector("zaxis", default))),
        };
    }

    private static UnitQuaternion Quaternion(MjcfAttributes at)
    {
        double[] q = at.Numbers("quat", 4, 4)!;
        if (q.All(part => part == 0))
        {
            throw MjcfFault.At(at.Find("quat")!, "the quaternion is zero");
        }

        return new UnitQuaternion(q[0], q[1], q[2], q[3]).Normalized();
    }

    private static UnitQuaternion AxisAngle(MjcfAttributes at, CompilerSettings compiler)
    {
        double[] v = at.Numbers("axisangle", 4, 4)!;
        Vector3 axis = NotZero(at, "axisangle", new Vector3(v[0], v[1], v[2]));
        return UnitQuaternion.FromAxisAngle(axis, v[3] * compiler.AngleScale);
    }

    // Lower-case axes turn with the body, upper-case axes stay with the parent.
    private static UnitQuaternion Euler(MjcfAttributes at, CompilerSettings compiler)
    {
        double[] angles = at.Numbers("euler", 3, 3)!;
        UnitQuaternion rotation = UnitQuaternion.Identity;
        for (int i = 0; i < 3; i++)
        {
            char letter = compiler.EulerSequence[i];
            Vector3 axis = char.ToLowerInvariant(letter) switch
            {
                'x' => new Vector3(1, 0, 0),
                'y' => new Vector3(0, 1, 0),
                _ => new Vector3(0, 0, 1),
            };
            var turn = UnitQuaternion.FromAxisAngle(axis, angles[i] * compiler.AngleScale);
            rotation = char.IsLower(letter) ? rotation * turn : turn * rotation;
        }

        return rotation.Normalized();
    }

    private static UnitQuaternion Axes(MjcfAttributes at)
    {
        double[] v = at.Numbers("xyaxes", 6, 6)!;
        Vector3 x = NotZero(at, "xyaxes", new Vector3(v[0], v[1], v[2]));
        var raw = new Vector3(v[3], v[4], v[5]);
        Vector3 y = NotZero(at, "xyaxes", raw - (Vector3.Dot(x, raw) * x));
        return UnitQuaternion.FromAxes(x, y, Vector3.Cross(x, y));
    }

    private static Vector3 NotZero(MjcfAttributes at, string name, Vector3 v) =>
        v.Length > 1e-14
            ? (1 / v.Length) * v
            : throw MjcfFault.At(at.Find(name)!, $"'{name}' has an axis of length zero");
}
