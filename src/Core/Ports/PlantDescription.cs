using HilRig.Core.Joints;

namespace HilRig.Core.Ports;

/// <summary>What a plant is made of.</summary>
/// <param name="Name">Name used in reports, such as "so101-virtual" or "twin".</param>
/// <param name="Joints">Its joints, in the order of every [dof] array.</param>
public sealed record PlantDescription(string Name, IReadOnlyList<JointDescription> Joints)
{
    /// <summary>Number of joints.</summary>
    public int DofCount => Joints.Count;

    /// <summary>Index of the joint called <paramref name="name"/>, or -1.</summary>
    /// <param name="name">Joint name.</param>
    public int IndexOf(string name)
    {
        for (int i = 0; i < Joints.Count; i++)
        {
            if (Joints[i].Name == name)
            {
                return i;
            }
        }

        return -1;
    }
}
